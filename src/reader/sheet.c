#include "reader/sheet.h"
