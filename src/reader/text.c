#include "reader/text.h"
