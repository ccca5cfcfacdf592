#include "reader/html.h"
