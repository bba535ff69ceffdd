//! Whoever's record is asked for has agreed to it, and the record says whose it is.

use catalog::Service;
use request::IdentityLevel;

use crate::{
    folder::{Folder, Part},
    report::Report,
    words::Words,
};

pub(super) fn check(folder: &Folder, report: &mut Report) {
    for (part, service) in folder.services() {
        look(part, service, report);
    }
}

fn look(part: &Part<Service>, service: &Service, report: &mut Report) {
    if service.consent.is_none() && service.identity > IdentityLevel::None {
        let words = Words::new(
            "누가 신청하는지 묻는 민원에는 [consent]가 있어야 해요",
            "A service that asks who somebody is needs [consent]",
        );
        report.at(&part.source, "/identity", "no-consent", words);
    }
    if service
        .consent
        .as_ref()
        .is_some_and(|it| it.fields.is_empty())
    {
        let words = Words::new(
            "fields: 무엇을 보는 데 동의하는지 적어 주세요",
            "fields: say what the consent is for",
        );
        report.at(&part.source, "/consent/fields", "no-consent", words);
    }
    let by_number = |it: &String| it == "applicant.resident_number";
    if service.subject.is_none() && service.parameters.values().any(by_number) {
        let words = Words::new(
            "subject: 주민등록번호로 묻는 민원은 기록의 어디에 그 번호가 있는지 적어야 해요. 다른 사람의 기록을 가려내기 위해서예요",
            "subject: a service asked by resident number must say where the record has that number, so that another person's is refused",
        );
        report.at(&part.source, "/parameters", "no-subject", words);
    }
}
