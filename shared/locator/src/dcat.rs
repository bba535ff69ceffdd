//! Holdings as linked data: DCAT-AP 3 in JSON-LD 1.1.
//!
//! References are relative to the address the document is fetched from, so that it says
//! the same behind whatever name the exchange is reached.

use catalog::Bilingual;
use serde_json::{Map, Value, json};

use crate::{Holding, Locator, Office, vocabulary::file_type};

/// The prefixes of everything written here.
pub const CONTEXT: [(&str, &str); 7] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// Where the interface has its holdings.
const HOLDINGS: &str = "/v1/locator/";

/// The whole catalogue (`dcat:Catalog`), with its context.
pub fn catalog(locator: &Locator) -> Value {
    let title = Bilingual {
        ko: "정부정보 소재안내".to_owned(),
        en: "Government information locator".to_owned(),
    };
    let description = Bilingual {
        ko: "모든 기관이 가진 정보와 물어볼 곳".to_owned(),
        en: "What every agency holds, and whom to ask for it".to_owned(),
    };
    let datasets = locator.holdings().iter().map(|it| dataset(locator, it));
    let services: Vec<Value> = locator.holdings().iter().filter_map(service).collect();
    let mut catalog = json!({
        "@context": context(),
        "@id": "/v1/locator/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": texts(&title),
        "dct:description": texts(&description),
        "dcat:dataset": datasets.collect::<Vec<_>>(),
    });
    if let Some(map) = catalog.as_object_mut() {
        // An empty list would say nothing.
        if !services.is_empty() {
            map.insert("dcat:service".to_owned(), Value::Array(services));
        }
        if let Some(keeper) = locator.offices().find(|it| it.keeper) {
            map.insert("dct:publisher".to_owned(), agent(keeper));
        }
    }
    catalog
}

/// One holding (`dcat:Dataset`), with its context.
pub fn node(locator: &Locator, holding: &Holding) -> Value {
    let mut node = dataset(locator, holding);
    if let Some(map) = node.as_object_mut() {
        map.insert("@context".to_owned(), context());
    }
    node
}

/// The prefixes as JSON-LD wants them.
fn context() -> Value {
    let prefixes = CONTEXT.map(|(prefix, iri)| (prefix.to_owned(), Value::from(iri)));
    Value::Object(Map::from_iter(prefixes))
}

fn dataset(locator: &Locator, it: &Holding) -> Value {
    let address = format!("{HOLDINGS}{}", it.id);
    let mut node = json!({
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": it.id,
        "dct:title": texts(&it.title),
        "dct:description": texts(&it.description),
        "dcat:theme": { "@id": it.theme.iri() },
        "dct:accessRights": { "@id": it.access.iri() },
        "dct:accrualPeriodicity": { "@id": it.frequency.iri() },
    });
    let Some(map) = node.as_object_mut() else {
        return node;
    };
    let mut put = |name: &str, value: Value| drop(map.insert(name.to_owned(), value));
    let in_language = |words: &[String], language: &str| -> Vec<Value> {
        words.iter().map(|it| text(it, language)).collect()
    };
    let mut keywords = in_language(&it.keywords.ko, "ko");
    keywords.extend(in_language(&it.keywords.en, "en"));
    if !keywords.is_empty() {
        put("dcat:keyword", Value::Array(keywords));
    }
    if let Some(office) = locator.office(&it.office) {
        put("dct:publisher", agent(office));
        put("dcat:contactPoint", contact(office));
    }
    if let Some(year) = it.since {
        let start = json!({ "@value": year.to_string(), "@type": "xsd:gYear" });
        let period = json!({ "@type": "dct:PeriodOfTime", "dcat:startDate": start });
        put("dct:temporal", period);
    }
    let place = |it: &crate::Place| {
        json!({
            "@type": "dct:Location", "dct:identifier": it.code, "skos:prefLabel": texts(&it.name)
        })
    };
    if !it.spatial.is_empty() {
        put("dct:spatial", it.spatial.iter().map(place).collect());
    }
    let distribution = |format: &String| {
        json!({
            "@type": "dcat:Distribution",
            "dcat:accessURL": { "@id": address },
            "dct:format": { "@id": file_type(format) },
        })
    };
    if !it.formats.is_empty() {
        let all = it.formats.iter().map(distribution).collect();
        put("dcat:distribution", all);
    }
    node
}

/// The paper of it that a station issues, as a service over the data.
fn service(it: &Holding) -> Option<Value> {
    let id = it.service.as_ref()?;
    Some(json!({
        "@id": format!("urn:minwon:service:{id}"),
        "@type": "dcat:DataService",
        "dct:identifier": id.as_str(),
        "dct:title": texts(&it.title),
        "dcat:endpointURL": { "@id": format!("urn:minwon:service:{id}") },
        "dcat:servesDataset": { "@id": format!("{HOLDINGS}{}", it.id) },
    }))
}

fn agent(office: &Office) -> Value {
    json!({
        "@id": format!("urn:minwon:office:{}", office.code),
        "@type": "foaf:Agent",
        "dct:identifier": office.code,
        "foaf:name": texts(&office.name),
    })
}

fn contact(office: &Office) -> Value {
    // RFC 3966, section 5.1.5: a number as it is dialled in the country.
    let telephone = format!("tel:{};phone-context=+82", office.telephone);
    json!({
        "@type": "vcard:Organization",
        "vcard:fn": texts(&office.name),
        "vcard:hasTelephone": { "@id": telephone },
        "vcard:hasAddress": {
            "@type": "vcard:Address", "vcard:street-address": texts(&office.place)
        },
    })
}

fn texts(it: &Bilingual) -> Value {
    Value::Array(vec![text(&it.ko, "ko"), text(&it.en, "en")])
}

fn text(text: &str, language: &str) -> Value {
    json!({ "@value": text, "@language": language })
}
