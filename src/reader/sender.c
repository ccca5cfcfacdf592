#include "reader/sender.h"
