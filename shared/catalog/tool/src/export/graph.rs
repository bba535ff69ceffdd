//! A growing set of statements, written out in the order in which they were made.

use std::io;

use catalog::Bilingual;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use oxttl::TurtleSerializer;

use super::terms::{IDENTIFIER, PREFIXES, TYPE};

pub(super) struct Graph {
    base: String,
    triples: Vec<Triple>,
}

/// Something that statements are made about.
pub(super) struct Subject<'a> {
    graph: &'a mut Graph,
    node: NamedNode,
}

impl Graph {
    pub(super) fn new(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            triples: Vec::new(),
        }
    }

    /// The identifier of something of ours. Ids of a catalogue are letters, digits and
    /// hyphens; whatever else stands in one is written as its code (RFC 3986, 2.1).
    pub(super) fn name(&self, kind: &str, id: &str) -> NamedNode {
        let mut iri = format!("{}{kind}/", self.base);
        for byte in id.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._/".contains(&byte) {
                iri.push(char::from(byte));
            } else {
                iri.push_str(&format!("%{byte:02X}"));
            }
        }
        NamedNode::new_unchecked(iri)
    }

    pub(super) fn about(&mut self, node: NamedNode, class: NamedNodeRef<'_>) -> Subject<'_> {
        Subject { graph: self, node }.is(TYPE, class)
    }

    pub(super) fn write(&self, out: &mut impl io::Write) -> io::Result<()> {
        let mut serializer = TurtleSerializer::new();
        for (prefix, iri) in PREFIXES {
            serializer = serializer
                .with_prefix(prefix, iri)
                .map_err(io::Error::other)?;
        }
        let mut writer = serializer.for_writer(out);
        for triple in &self.triples {
            writer.serialize_triple(triple)?;
        }
        writer.finish()?;
        Ok(())
    }
}

impl Subject<'_> {
    pub(super) fn has(self, property: NamedNodeRef<'_>, object: impl Into<Term>) -> Self {
        let triple = Triple::new(self.node.clone(), property, object);
        self.graph.triples.push(triple);
        self
    }

    pub(super) fn is(self, property: NamedNodeRef<'_>, object: NamedNodeRef<'_>) -> Self {
        self.has(property, object.into_owned())
    }

    /// Its own name is its identifier.
    pub(super) fn identified(self) -> Self {
        let identifier = Literal::new_simple_literal(self.node.as_str());
        self.has(IDENTIFIER, identifier)
    }

    /// In both languages.
    pub(super) fn says(self, property: NamedNodeRef<'_>, text: &Bilingual) -> Self {
        self.has(property, tagged(&text.ko, "ko"))
            .has(property, tagged(&text.en, "en"))
    }

    pub(super) fn says_all(
        self,
        property: NamedNodeRef<'_>,
        texts: &[String],
        language: &str,
    ) -> Self {
        texts
            .iter()
            .fold(self, |it, text| it.has(property, tagged(text, language)))
    }
}

fn tagged(text: &str, language: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, language)
}

pub(super) fn words(ko: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual {
        ko: ko.into(),
        en: en.into(),
    }
}
