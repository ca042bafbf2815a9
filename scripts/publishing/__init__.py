"""What is given to people, made: the wheel, a folder that runs without Python, its archive, a Debian package."""
