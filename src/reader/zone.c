#include "reader/zone.h"
