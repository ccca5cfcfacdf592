#include "reader/ics.h"
