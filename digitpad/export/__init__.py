"""Networks in forms that other programs use."""
