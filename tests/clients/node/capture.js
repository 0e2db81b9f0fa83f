// Build one document with the library's own classes, capture it, follow its job to the end.
// In: {"epcis", "key", "unit", "made"} on standard input. Out: the job, as JSON.
const {
  EPCISDocument, ObjectEvent, AggregationEvent, AssociationEvent, TransactionEvent,
  TransformationEvent, QuantityElement, BizTransactionElement, ReadPoint, setup, capture,
} = require('epcis2.js');

const asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const headers = { 'content-type': 'application/json', authorization: `Bearer ${asked.key}` };
setup({ apiUrl: asked.epcis, headers, eventTimeZoneOffset: '+08:00' });

const at = (event) => event.setEventTime('2026-09-02T07:15:00.000+08:00').setEventTimeZoneOffset('+08:00');
const order = new BizTransactionElement({ type: 'po', bizTransaction: 'urn:originmark:order:4711' });
const lot = new QuantityElement().setEpcClass('https://id.gs1.org/01/09521101530001/10/007')
  .setQuantity(12.5).setUom('KGM');

const events = [
  at(new ObjectEvent()).setAction('ADD').setBizStep('commissioning').addEPC(asked.unit)
    .setReadPoint(new ReadPoint({ id: 'https://id.gs1.org/414/9521100000005' })),
  at(new AggregationEvent()).setAction('ADD').setParentId('https://id.gs1.org/00/095211000000000178')
    .addChildEPC(asked.unit),
  at(new AssociationEvent()).setAction('ADD').setParentId('https://id.gs1.org/8004/9521100crate1')
    .addChildEPC(asked.unit),
  at(new TransactionEvent()).setAction('ADD').addBizTransaction(order).addEPC(asked.unit),
  at(new TransformationEvent()).addInputEPC(asked.unit).addInputQuantity(lot).addOutputEPC(asked.made),
];

async function main() {
  const document = new EPCISDocument().setCreationDate('2026-09-02T08:00:00.000+08:00');
  events.forEach((event) => document.addEvent(event));
  const answer = await capture(document);
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
  let job;
  do {
    job = await (await fetch(answer.headers.get('location'), { headers })).json();
  } while (job.running);
  console.log(JSON.stringify(job));
}

main().catch((error) => { console.error(error); process.exit(1); });
