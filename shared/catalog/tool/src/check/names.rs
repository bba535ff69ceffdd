//! What is called by a name is there, and nothing has a name twice.

use std::collections::BTreeSet;

use catalog::{AcceptedService, Service};
use request::IdentityLevel;

use crate::{
    folder::{Folder, Part},
    report::Report,
    source::below,
    words::Words,
};

pub(super) fn check(folder: &Folder, report: &mut Report) {
    for (part, service) in folder.services() {
        own_id(part, service.id.as_str(), report);
        parts_of_the_catalogue(folder, part, service, report);
        parameters(part, service, report);
        place_of_the_fee(part, service, report);
        two_persons(folder, part, service, report);
        let questions = service.questions.iter().map(|it| it.id.as_str());
        once(part, "/question", "id", questions, report);
        once(
            part,
            "/option",
            "id",
            service.options.iter().map(|it| it.id.as_str()),
            report,
        );
        for (number, option) in service.options.iter().enumerate() {
            let choices = option.choices.iter().map(|it| it.id.as_str());
            once(
                part,
                &format!("/option/{number}/choice"),
                "id",
                choices,
                report,
            );
        }
        let recipients = service.recipients.iter().map(|it| it.id.as_str());
        once(part, "/recipient", "id", recipients, report);
        once(
            part,
            "/seal",
            "name",
            service.seal_fields.iter().map(|it| it.name.as_str()),
            report,
        );
    }
    for part in &folder.accepted {
        if let Some(service) = &part.value {
            own_id(part, service.id.as_str(), report);
            let questions = service.questions.iter().map(|it| it.id.as_str());
            once(part, "/question", "id", questions, report);
            appeal(part, service, report);
        }
    }
    for part in &folder.networks {
        if let Some(network) = &part.value {
            own_id(part, network.id.as_str(), report);
        }
    }
    for part in &folder.codes {
        if let Some(list) = &part.value {
            once(
                part,
                "/code",
                "code",
                list.codes.iter().map(|it| it.code.as_str()),
                report,
            );
        }
    }
    beside_services(folder, report);
}

fn beside_services(folder: &Folder, report: &mut Report) {
    if let Some((part, topics)) = folder
        .topics
        .as_ref()
        .and_then(|it| Some((it, it.value.as_ref()?)))
    {
        once(
            part,
            "/topic",
            "id",
            topics.topic.iter().map(|it| it.id.as_str()),
            report,
        );
    }
    let elsewhere = folder.elsewhere.as_ref();
    if let Some((part, all)) = elsewhere.and_then(|it| Some((it, it.value.as_ref()?))) {
        once(
            part,
            "/elsewhere",
            "id",
            all.elsewhere.iter().map(|it| it.id.as_str()),
            report,
        );
        for (number, it) in all.elsewhere.iter().enumerate() {
            if !folder.topic_is_known(&it.topic) {
                let place = format!("/elsewhere/{number}/topic");
                report.at(&part.source, &place, "unknown-topic", topic(&it.topic));
            }
        }
    }
}

fn own_id<T>(part: &Part<T>, id: &str, report: &mut Report) {
    if id != part.name {
        let words = Words::new(
            format!(
                "id는 `{id}`인데 자리는 `{}`이에요. 둘이 같아야 해요",
                part.name
            ),
            format!("The id is `{id}`, but its place says `{}`", part.name),
        );
        report.at(&part.source, "/id", "id", words);
    }
}

/// Says of every name but the first that it is there already.
fn once<'a, T>(
    part: &Part<T>,
    rows: &str,
    key: &str,
    names: impl Iterator<Item = &'a str>,
    report: &mut Report,
) {
    let mut seen = BTreeSet::new();
    for (number, name) in names.enumerate() {
        if !seen.insert(name) {
            let words = Words::new(
                format!("`{name}`: 같은 이름이 위에 또 있어요"),
                format!("`{name}` is there already"),
            );
            report.at(
                &part.source,
                &format!("{rows}/{number}/{key}"),
                "twice",
                words,
            );
        }
    }
}

fn topic(id: &str) -> Words {
    Words::new(
        format!("`{id}`: topics.toml에 없는 주제예요"),
        format!("`{id}` is no topic of topics.toml"),
    )
}

fn parts_of_the_catalogue(
    folder: &Folder,
    part: &Part<Service>,
    service: &Service,
    report: &mut Report,
) {
    let network = service.network.as_str();
    if !folder.networks.iter().any(|it| it.name == network) {
        let words = Words::new(
            format!("`{network}`: networks에 없는 전산망이에요"),
            format!("`{network}` is no network of the folder networks"),
        );
        report.at(&part.source, "/network", "unknown-network", words);
    }
    if !folder.topic_is_known(&service.topic) {
        report.at(
            &part.source,
            "/topic",
            "unknown-topic",
            topic(&service.topic),
        );
    }
    let ordinance = &service.fee.ordinance;
    if !folder.ordinances.iter().any(|it| it.name == *ordinance) {
        let words = Words::new(
            format!("`{ordinance}`: fees에 없는 수수료 규정이에요"),
            format!("`{ordinance}` is no ordinance of the folder fees"),
        );
        report.at(&part.source, "/fee/ordinance", "unknown-ordinance", words);
    }
}

fn parameters(part: &Part<Service>, service: &Service, report: &mut Report) {
    for (name, source) in &service.parameters {
        let known = match source.split_once('.') {
            Some(("applicant", "resident_number")) => true,
            Some(("answer", id)) => service.questions.iter().any(|it| it.id == id),
            Some(("option", id)) => service.option(id).is_some(),
            _ => false,
        };
        let place = below("/parameters", name);
        if !known {
            let words = Words::new(
                format!(
                    "`{source}`: 어디서 오는 값인지 알 수 없어요. applicant.resident_number, answer.<질문>, option.<선택> 가운데 하나여야 해요"
                ),
                format!(
                    "`{source}` comes from nowhere; there are applicant.resident_number, answer.<question> and option.<option>"
                ),
            );
            report.at(&part.source, &place, "unknown-source", words);
        } else if source == "applicant.resident_number" && service.identity == IdentityLevel::None {
            let words = Words::new(
                "누가 신청하는지 묻지 않는 민원(identity = \"none\")에는 주민등록번호가 없어요",
                "A service that asks nobody who they are (identity = \"none\") has no resident number",
            );
            report.at(&part.source, &place, "nobody-asked", words);
        }
    }
}

fn place_of_the_fee(part: &Part<Service>, service: &Service, report: &mut Report) {
    let Some(place) = &service.fee.place else {
        return;
    };
    if service.questions.iter().all(|it| it.id != *place) {
        let words = Words::new(
            format!("`{place}`: 수수료를 정하는 질문인데 이 민원에 없어요"),
            format!("`{place}` decides the fee and is no question of this service"),
        );
        report.at(&part.source, "/fee/place", "fee-place", words);
    }
}

fn two_persons(folder: &Folder, part: &Part<Service>, service: &Service, report: &mut Report) {
    if !service.two_persons {
        return;
    }
    if service.identity == IdentityLevel::None {
        let words = Words::new(
            "two_persons는 누가 신청하는지 묻는 민원에만 쓸 수 있어요",
            "two_persons is for services that ask who somebody is",
        );
        report.at(&part.source, "/two_persons", "two-persons", words);
    }
    if folder.two_persons.is_none() {
        let words = Words::new(
            "two-persons.toml이 없어서 두 사람이 확인할 수 없어요",
            "There is no two-persons.toml by which two agents could ask",
        );
        report.at(&part.source, "/two_persons", "two-persons", words);
    }
}

/// Who may appeal is answered, and who may not is promised nothing.
fn appeal(part: &Part<AcceptedService>, service: &AcceptedService, report: &mut Report) {
    let (within, answered) = (
        service.appeal_within_days,
        service.appeal_answer_within_days,
    );
    if (within == 0) != (answered == 0) {
        let words = Words::new(
            "appeal_within_days와 appeal_answer_within_days는 둘 다 있거나 둘 다 없어야 해요",
            "appeal_within_days and appeal_answer_within_days are both there or neither is",
        );
        let key = if within == 0 {
            "/appeal_answer_within_days"
        } else {
            "/appeal_within_days"
        };
        report.at(&part.source, key, "appeal", words);
    }
}
