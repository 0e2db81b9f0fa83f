"""The JSON API: one router a room."""

from originmark.frame.web import problems
from originmark.frame.web.api_input import TextParser
from originmark.frame.web.openapi import DocumentedAPI
from originmark.mark.evaluation.api import router as evaluation
from originmark.mark.evaluation.star_api import router as stars
from originmark.mark.labels.api import router as labels
from originmark.mark.licensing.api import router as licensing
from originmark.mark.licensing.use_api import router as use_of_marks
from originmark.mark.passport.api import router as passport
from originmark.mark.schemes.api import router as schemes
from originmark.origin.certificates.api import router as certificates
from originmark.origin.parties.api import router as parties
from originmark.origin.places.api import router as places
from originmark.origin.products.api import router as products
from originmark.trace.ledger.api import router as ledger
from originmark.trace.lots.api import router as lots

api = DocumentedAPI(title="Originmark", version="1", urls_namespace="api", parser=TextParser())
problems.install(api)
api.add_router("/parties", parties)
api.add_router("/places", places)
api.add_router("/products", products)
api.add_router("/certificates", certificates)
api.add_router("/ledger", ledger)
api.add_router("/lots", lots)
api.add_router("/schemes", schemes)
api.add_router("/evaluation", evaluation)
api.add_router("/stars", stars)
api.add_router("/licences", licensing)
api.add_router("/mark-use", use_of_marks)
api.add_router("/labels", labels)
api.add_router("/passport", passport)
