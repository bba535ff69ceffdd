//! Services, and what belongs to one alone: its channel, costs and output.

use std::collections::BTreeMap;

use catalog::{AcceptedService, Bilingual, Catalog, Hours, Service};
use oxrdf::{Literal, NamedNode};
use request::{FeeReason, IdentityLevel, Timestamp};

use super::{
    authorities,
    graph::{Graph, Subject, words},
    terms::{
        CHANNEL, COST, CURRENCY, DCT_TYPE, DESCRIPTION, DURATION, ENGLISH, HAS_CHANNEL,
        HAS_COMPETENT_AUTHORITY, HAS_COST, HAS_INPUT, HAS_LEGAL_RESOURCE, HAS_VALUE,
        HOLDS_REQUIREMENT, IF_ACCESSED_THROUGH, IS_DEFINED_BY, KEYWORD, KOREAN, LABEL, LANGUAGE,
        LEGAL_RESOURCE, OPENING_HOURS, OUTPUT, OWNED_BY, PROCESSING_TIME, PRODUCES, PUBLIC_SERVICE,
        STATUS, TEMPORAL_ENTITY, THEMATIC_AREA, TITLE, WON,
    },
};

/// Two jurisdictions, to learn whether a fee depends on one.
const HERE: &str = "00000";
const ELSEWHERE: &str = "11111";

pub(super) fn certificate(graph: &mut Graph, catalog: &Catalog, it: &Service, at: Timestamp) {
    let id = it.id.as_str();
    let authority = authorities::authority(graph, it.network.as_str());
    let channel = graph.name("channel", &format!("{id}/kiosk"));
    let kiosk = authorities::kiosk_kind(graph);
    let output = output(graph, id, &it.title, it.valid_days);
    let costs = costs(graph, catalog, it, at, (&authority, &channel));
    let hours = catalog
        .network(&it.network)
        .map(|network| it.open_hours(network));
    let hours = hours.map(|it| opening_hours(graph, id, it));
    let law = graph.name("legal-resource", &it.fee.ordinance);
    let topic = graph.name("topic", &it.topic);
    let identity = (it.identity > IdentityLevel::None).then(|| {
        (
            authorities::identity(graph),
            authorities::identity_card(graph),
        )
    });

    let mut channel_of = graph
        .about(channel.clone(), CHANNEL)
        .identified()
        .has(DCT_TYPE, kiosk)
        .says(
            DESCRIPTION,
            &words("무인민원발급기에서 받습니다", "At a self-service kiosk"),
        )
        .has(OWNED_BY, authority.clone());
    if let Some(hours) = hours {
        channel_of = channel_of.has(OPENING_HOURS, hours);
    }
    if let Some((_, card)) = &identity {
        channel_of.has(HAS_INPUT, card.clone());
    }
    let mut service = begin(graph, id, &it.title, &it.summary)
        .says_all(KEYWORD, &it.keywords.ko, "ko")
        .says_all(KEYWORD, &it.keywords.en, "en")
        .has(THEMATIC_AREA, topic)
        .has(HAS_COMPETENT_AUTHORITY, authority)
        .has(HAS_CHANNEL, channel)
        .has(HAS_LEGAL_RESOURCE, law)
        .has(PRODUCES, output);
    if let Some((requirement, card)) = identity {
        service = service
            .has(HOLDS_REQUIREMENT, requirement)
            .has(HAS_INPUT, card);
    }
    costs
        .into_iter()
        .fold(service, |it, cost| it.has(HAS_COST, cost));
}

pub(super) fn accepted(graph: &mut Graph, it: &AcceptedService) {
    let id = it.id.as_str();
    let authority = authorities::office(graph, id, &it.office);
    let channel = graph.name("channel", &format!("{id}/e-mail"));
    let kind = authorities::mail_kind(graph);
    let output = graph.name("output", id);
    graph
        .about(output.clone(), OUTPUT)
        .identified()
        .says(
            TITLE,
            &words(
                format!("{} 답변", it.title.ko),
                format!("Answer: {}", it.title.en),
            ),
        )
        .is(LANGUAGE, KOREAN);
    let within = Literal::new_typed_literal(format!("P{}D", it.answer_within_days), DURATION);
    graph
        .about(channel.clone(), CHANNEL)
        .identified()
        .has(DCT_TYPE, kind)
        .says(DESCRIPTION, &words("전자우편으로 보냅니다", "By e-mail"))
        .has(OWNED_BY, authority.clone())
        .has(PROCESSING_TIME, within.clone());
    begin(graph, id, &it.title, &it.summary)
        .has(HAS_COMPETENT_AUTHORITY, authority)
        .has(HAS_CHANNEL, channel)
        .has(PROCESSING_TIME, within)
        .has(PRODUCES, output);
}

fn begin<'a>(
    graph: &'a mut Graph,
    id: &str,
    title: &Bilingual,
    summary: &Bilingual,
) -> Subject<'a> {
    let (node, active) = (graph.name("service", id), authorities::active(graph));
    graph
        .about(node, PUBLIC_SERVICE)
        .identified()
        .says(TITLE, title)
        .says(DESCRIPTION, summary)
        .is(LANGUAGE, KOREAN)
        .is(LANGUAGE, ENGLISH)
        .has(STATUS, active)
}

fn output(graph: &mut Graph, id: &str, title: &Bilingual, valid_days: u32) -> NamedNode {
    let node = graph.name("output", id);
    let description = words(
        format!("발급일부터 {valid_days}일 동안 쓸 수 있는 증명서"),
        format!("A certificate, valid for {valid_days} days"),
    );
    graph
        .about(node.clone(), OUTPUT)
        .identified()
        .says(TITLE, title)
        .says(DESCRIPTION, &description)
        .is(LANGUAGE, KOREAN)
        .is(LANGUAGE, ENGLISH);
    node
}

/// What a copy costs at a moment, inside the jurisdiction and outside where that differs.
fn costs(
    graph: &mut Graph,
    catalog: &Catalog,
    service: &Service,
    at: Timestamp,
    (authority, channel): (&NamedNode, &NamedNode),
) -> Vec<NamedNode> {
    let fee = |jurisdiction: &str, language: &str| {
        let answer = |_: &str| Some(HERE.to_owned());
        catalog.fee(service, &answer, jurisdiction, at.local(), language)
    };
    let mut costs = BTreeMap::new();
    for jurisdiction in [HERE, ELSEWHERE] {
        let (Some(ko), Some(en)) = (fee(jurisdiction, "ko"), fee(jurisdiction, "en")) else {
            continue;
        };
        let won = ko.unit_won;
        let law = graph.name("legal-resource", &service.fee.ordinance);
        let basis = words(ko.legal_basis, en.legal_basis);
        graph.about(law, LEGAL_RESOURCE).says(TITLE, &basis);
        let (place, ko, en) = match en.reason {
            FeeReason::Everywhere => ("everywhere", "1부", "A copy"),
            FeeReason::Inside => ("inside", "관내 1부", "A copy, inside the jurisdiction"),
            FeeReason::Outside => ("outside", "관외 1부", "A copy, outside the jurisdiction"),
        };
        let node = graph.name("cost", &format!("{}/{place}", service.id));
        costs.insert(node, (won, words(ko, en)));
    }
    for (node, (won, description)) in &costs {
        graph
            .about(node.clone(), COST)
            .identified()
            .has(HAS_VALUE, Literal::from(f64::from(*won)))
            .is(CURRENCY, WON)
            .says(DESCRIPTION, description)
            .has(IS_DEFINED_BY, authority.clone())
            .has(IF_ACCESSED_THROUGH, channel.clone());
    }
    costs.into_keys().collect()
}

fn opening_hours(graph: &mut Graph, id: &str, hours: &Hours) -> NamedNode {
    let node = graph.name("opening-hours", id);
    let said = words(hours.in_words("ko"), hours.in_words("en"));
    graph
        .about(node.clone(), TEMPORAL_ENTITY)
        .says(LABEL, &said);
    node
}
