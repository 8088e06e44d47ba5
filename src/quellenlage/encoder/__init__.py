"""The small encoder and its heads on onnxruntime: words and names, quotations, sentence vectors.

Import the readers as modules (`encoder.words`, `encoder.quotations`, `encoder.sentences`); nothing heavy is loaded
before the first text is read.
"""
