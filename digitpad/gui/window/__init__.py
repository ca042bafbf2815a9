"""The main window: menus, tabs, status line, opening and saving."""
