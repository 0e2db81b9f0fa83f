// Say what the library's validator finds in documents: a JSON array of them on standard input.
const { validateEpcisDocument, setup } = require('epcis2.js');

setup({ validationMode: 'full' });
const documents = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(documents.map((each) => validateEpcisDocument(each, false))));
