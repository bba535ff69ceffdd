//! What services have in common: authorities, topics, languages, the identity card.

use catalog::{Bilingual, Network, Topic};
use oxrdf::NamedNode;

use super::{
    graph::{Graph, words},
    terms::{
        CONCEPT, DESCRIPTION, ENGLISH, EVIDENCE, HAS_SUPPORTING_EVIDENCE, IDENTIFIER, KOREA,
        KOREAN, LABEL, LINGUISTIC_SYSTEM, ORGANIZATION, PREF_LABEL, PUBLIC_ORGANISATION,
        REQUIREMENT, SPATIAL, SUPPORTS_REQUIREMENT, TERRITORIAL_UNIT, TITLE, TYPE, WON,
    },
};

pub(super) fn shared(graph: &mut Graph) {
    for (language, name) in [
        (KOREAN, words("한국어", "Korean")),
        (ENGLISH, words("영어", "English")),
    ] {
        graph
            .about(language.into_owned(), LINGUISTIC_SYSTEM)
            .says(LABEL, &name);
    }
    graph
        .about(KOREA.into_owned(), TERRITORIAL_UNIT)
        .says(LABEL, &words("대한민국", "Republic of Korea"));
    concept(graph, WON.into_owned(), &words("원", "Won"));
    concept(
        graph,
        kiosk_kind(graph),
        &words("무인민원발급기", "Self-service kiosk"),
    );
    concept(graph, mail_kind(graph), &words("전자우편", "E-mail"));
    concept(graph, active(graph), &words("시행 중", "Active"));
    let (evidence, requirement) = (identity_card(graph), identity(graph));
    graph
        .about(evidence.clone(), EVIDENCE)
        .identified()
        .says(TITLE, &words("신분증", "Identity card"))
        .says(
            DESCRIPTION,
            &words(
                "무인기가 읽는 신분증과 주민등록번호",
                "A card that the kiosk reads, and its holder's resident number",
            ),
        )
        .has(SUPPORTS_REQUIREMENT, requirement.clone());
    graph
        .about(requirement, REQUIREMENT)
        .identified()
        .says(
            TITLE,
            &words("본인이어야 합니다", "To be the person the record is about"),
        )
        .has(HAS_SUPPORTING_EVIDENCE, evidence);
}

pub(super) fn network(graph: &mut Graph, network: &Network) {
    let member = &network.xroad;
    let identifier = [
        &member.instance,
        &member.class,
        &member.member,
        &member.subsystem,
    ];
    let identifier = identifier.map(String::as_str).join("/");
    let node = authority(graph, network.id.as_str());
    organisation(graph, node, &identifier, &network.agency);
}

/// An authority that is no network: it answers by itself.
pub(super) fn office(graph: &mut Graph, id: &str, name: &Bilingual) -> NamedNode {
    let node = authority(graph, id);
    organisation(graph, node.clone(), id, name);
    node
}

fn organisation(graph: &mut Graph, node: NamedNode, identifier: &str, name: &Bilingual) {
    graph
        .about(node, PUBLIC_ORGANISATION)
        .is(TYPE, ORGANIZATION)
        .has(IDENTIFIER, oxrdf::Literal::new_simple_literal(identifier))
        .says(PREF_LABEL, name)
        .is(SPATIAL, KOREA);
}

pub(super) fn topic(graph: &mut Graph, it: &Topic) {
    let node = graph.name("topic", &it.id);
    concept(graph, node, &it.title);
}

fn concept(graph: &mut Graph, node: NamedNode, name: &Bilingual) {
    graph.about(node, CONCEPT).says(PREF_LABEL, name);
}

pub(super) fn authority(graph: &Graph, id: &str) -> NamedNode {
    graph.name("organisation", id)
}

pub(super) fn kiosk_kind(graph: &Graph) -> NamedNode {
    graph.name("channel-type", "kiosk")
}

pub(super) fn mail_kind(graph: &Graph) -> NamedNode {
    graph.name("channel-type", "e-mail")
}

pub(super) fn active(graph: &Graph) -> NamedNode {
    graph.name("status", "active")
}

pub(super) fn identity_card(graph: &Graph) -> NamedNode {
    graph.name("evidence", "identity-card")
}

pub(super) fn identity(graph: &Graph) -> NamedNode {
    graph.name("requirement", "identity")
}
