#include "data/reading.h"
