#include "data/settings.h"
