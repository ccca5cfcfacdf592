#include "base/re.h"
