#include "reader/lines.h"
