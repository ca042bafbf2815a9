"""What several tabs show alike: the theme, images, galleries, notices."""
