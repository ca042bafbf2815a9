"""Why a network answers as it does: a module for each way to look inside."""
