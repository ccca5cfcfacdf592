#include "reader/when.h"
