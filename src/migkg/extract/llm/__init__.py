"""An optional extractor: a language model behind an endpoint of the user's own choice. It is never the default.

Nothing that the model says is believed: each claim must quote the document to the letter and fit the ontology, or it is
dropped and counted (``answer``). The same document, prompt and model are asked once: answers are kept (``cache``).
"""

from migkg.extract.llm.extractor import LanguageModel

__all__ = ["LanguageModel"]
