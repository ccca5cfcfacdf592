#include "reader/confine.h"
