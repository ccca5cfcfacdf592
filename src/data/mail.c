#include "data/mail.h"
