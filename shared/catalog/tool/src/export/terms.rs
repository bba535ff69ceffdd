//! The terms of CPSV-AP 3.2.0 and of the vocabularies it leans on.

use oxrdf::NamedNodeRef;

macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident = $iri:literal;)*) => {
        $($(#[$doc])*
        pub(super) const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($iri);)*
    };
}

/// Prefixes as the profile writes them.
pub(super) const PREFIXES: [(&str, &str); 12] = [
    ("adms", "http://www.w3.org/ns/adms#"),
    ("cpsv", "http://purl.org/vocab/cpsv#"),
    ("cv", "http://data.europa.eu/m8g/"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

terms! {
    TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    LABEL = "http://www.w3.org/2000/01/rdf-schema#label";

    // Classes.
    PUBLIC_SERVICE = "http://purl.org/vocab/cpsv#PublicService";
    PUBLIC_ORGANISATION = "http://data.europa.eu/m8g/PublicOrganisation";
    ORGANIZATION = "http://www.w3.org/ns/org#Organization";
    CHANNEL = "http://data.europa.eu/m8g/Channel";
    COST = "http://data.europa.eu/m8g/Cost";
    EVIDENCE = "http://data.europa.eu/m8g/Evidence";
    REQUIREMENT = "http://data.europa.eu/m8g/Requirement";
    OUTPUT = "http://data.europa.eu/m8g/Output";
    LEGAL_RESOURCE = "http://data.europa.eu/eli/ontology#LegalResource";
    CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept";
    LINGUISTIC_SYSTEM = "http://purl.org/dc/terms/LinguisticSystem";
    TEMPORAL_ENTITY = "http://www.w3.org/2006/time#TemporalEntity";
    /// The class by which the profile knows the regions an organisation covers.
    TERRITORIAL_UNIT = "http://data.europa.eu/88u/dataset/atu-type";

    // Properties.
    IDENTIFIER = "http://purl.org/dc/terms/identifier";
    TITLE = "http://purl.org/dc/terms/title";
    DESCRIPTION = "http://purl.org/dc/terms/description";
    LANGUAGE = "http://purl.org/dc/terms/language";
    SPATIAL = "http://purl.org/dc/terms/spatial";
    DCT_TYPE = "http://purl.org/dc/terms/type";
    KEYWORD = "http://www.w3.org/ns/dcat#keyword";
    PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel";
    STATUS = "http://www.w3.org/ns/adms#status";
    PRODUCES = "http://purl.org/vocab/cpsv#produces";
    HAS_INPUT = "http://purl.org/vocab/cpsv#hasInput";
    HAS_COMPETENT_AUTHORITY = "http://data.europa.eu/m8g/hasCompetentAuthority";
    HAS_CHANNEL = "http://data.europa.eu/m8g/hasChannel";
    HAS_COST = "http://data.europa.eu/m8g/hasCost";
    HAS_VALUE = "http://data.europa.eu/m8g/hasValue";
    CURRENCY = "http://data.europa.eu/m8g/currency";
    IS_DEFINED_BY = "http://data.europa.eu/m8g/isDefinedBy";
    IF_ACCESSED_THROUGH = "http://data.europa.eu/m8g/ifAccessedThrough";
    HAS_LEGAL_RESOURCE = "http://data.europa.eu/m8g/hasLegalResource";
    HOLDS_REQUIREMENT = "http://data.europa.eu/m8g/holdsRequirement";
    HAS_SUPPORTING_EVIDENCE = "http://data.europa.eu/m8g/hasSupportingEvidence";
    SUPPORTS_REQUIREMENT = "http://data.europa.eu/m8g/supportsRequirement";
    THEMATIC_AREA = "http://data.europa.eu/m8g/thematicArea";
    OPENING_HOURS = "http://data.europa.eu/m8g/openingHours";
    OWNED_BY = "http://data.europa.eu/m8g/ownedBy";
    PROCESSING_TIME = "http://data.europa.eu/m8g/processingTime";

    // Of the authority tables of the Publications Office.
    KOREAN = "http://publications.europa.eu/resource/authority/language/KOR";
    ENGLISH = "http://publications.europa.eu/resource/authority/language/ENG";
    KOREA = "http://publications.europa.eu/resource/authority/country/KOR";
    WON = "http://publications.europa.eu/resource/authority/currency/KRW";

    DURATION = "http://www.w3.org/2001/XMLSchema#duration";
}
