"""What a new project is: names, files, free text, suites, workflows, pages."""
