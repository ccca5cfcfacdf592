#include "reader/mime.h"
