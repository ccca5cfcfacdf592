#include "data/filter.h"
