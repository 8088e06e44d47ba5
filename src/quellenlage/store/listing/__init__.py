"""What lists of the workbench are answered by: tables kept beside what they index, and the questions asked of them."""
