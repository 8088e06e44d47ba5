"""What people see: command line, dossier page, exports. Views read the archive or record a decision; nothing else."""
