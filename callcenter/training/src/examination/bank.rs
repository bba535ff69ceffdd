//! Every question that can be asked, with the answers that stand in the catalogue.

use catalog::{Catalog, OfflineRule, Service};
use request::IdentityLevel;

use super::{Answer, Question};
use crate::{Certainty, Disclosure};

/// Answers to a question that are wrong besides the right one.
const OTHER_DAYS: [u32; 4] = [7, 30, 90, 365];
const OTHER_COPIES: [u32; 4] = [1, 3, 5, 10];
const ANSWERS_MAX: usize = 4;

pub(super) fn questions(catalog: &Catalog) -> Vec<Question> {
    let about = |service: &Service| {
        [
            identity(service),
            offline(service),
            copies(service),
            valid(service),
        ]
    };
    let mut all: Vec<Question> = catalog.services().flat_map(about).collect();
    all.extend(disclosures());
    all
}

fn identity(service: &Service) -> Question {
    let answers = [
        (
            IdentityLevel::None,
            "누구나 신청할 수 있어요",
            "Anyone may ask",
        ),
        (
            IdentityLevel::Number,
            "신분증과 번호가 있어야 해요",
            "Card and number",
        ),
        (
            IdentityLevel::Strong,
            "신분증과 번호, 그리고 더 확인할 것이 있어야 해요",
            "Card, number and a further proof",
        ),
    ];
    let (ko, en) = (&service.title.ko, &service.title.en);
    Question {
        ko: format!("‘{ko}’을(를) 찾아가려면 무엇으로 확인하나요?"),
        en: format!("What does whoever collects \"{en}\" have to show?"),
        answers: answers
            .into_iter()
            .map(|(level, ko, en)| answer(ko, en, level == service.identity))
            .collect(),
    }
}

fn offline(service: &Service) -> Question {
    let (refused, queued, leased) = match service.offline {
        OfflineRule::Refuse => (true, false, false),
        OfflineRule::Queue { .. } => (false, true, false),
        OfflineRule::Lease(_) => (false, false, true),
    };
    let (ko, en) = (&service.title.ko, &service.title.en);
    Question {
        ko: format!("키오스크의 통신이 끊겼을 때 ‘{ko}’은(는) 어떻게 되나요?"),
        en: format!("What becomes of \"{en}\" at a kiosk that is cut off?"),
        answers: vec![
            answer(
                "받을 수 없고, 시작하기 전에 알려요",
                "It is refused, and that is said first",
                refused,
            ),
            answer(
                "접수하고 접수표를 드려요",
                "It is accepted, against a claim ticket",
                queued,
            ),
            answer(
                "미리 받아 둔 자료로 발급해요",
                "It is issued from records leased before",
                leased,
            ),
        ],
    }
}

fn copies(service: &Service) -> Question {
    let (ko, en) = (&service.title.ko, &service.title.en);
    Question {
        ko: format!("‘{ko}’은(는) 한 번에 몇 통까지 신청할 수 있나요?"),
        en: format!("How many copies of \"{en}\" can be asked for at once?"),
        answers: numbers(service.copies_max, &OTHER_COPIES, "통", "copies"),
    }
}

fn valid(service: &Service) -> Question {
    let (ko, en) = (&service.title.ko, &service.title.en);
    Question {
        ko: format!("‘{ko}’의 진위는 며칠 동안 확인할 수 있나요?"),
        en: format!("For how many days is \"{en}\" found when it is verified?"),
        answers: numbers(service.valid_days, &OTHER_DAYS, "일", "days"),
    }
}

fn disclosures() -> Vec<Question> {
    let levels = [
        (None, "아직 확인하지 않은", "who is not identified"),
        (
            Some(Certainty::Stated),
            "이름과 번호만 말한",
            "who stated name and number",
        ),
        (
            Some(Certainty::Checked),
            "지난 신청을 알고 있는",
            "who knew an earlier request",
        ),
    ];
    let what = [
        (
            Disclosure::EarlierRequests,
            "지난 신청이 준비되었는지",
            "whether an earlier request is ready",
        ),
        (
            Disclosure::Records,
            "등록된 주소나 가족을",
            "an address or a family on record",
        ),
    ];
    let mut all = Vec::new();
    for (certainty, who_ko, who_en) in levels {
        for (disclosure, what_ko, what_en) in what {
            let allowed = disclosure.is_allowed(certainty);
            all.push(Question {
                ko: format!("{who_ko} 사람에게 전화로 {what_ko} 말해도 되나요?"),
                en: format!("May a caller {who_en} be told by telephone {what_en}?"),
                answers: vec![
                    answer("돼요", "Yes", allowed),
                    answer("안 돼요", "No", !allowed),
                ],
            });
        }
    }
    all
}

fn numbers(right: u32, others: &[u32], unit_ko: &str, unit_en: &str) -> Vec<Answer> {
    let wrong = others.iter().copied().filter(|it| *it != right);
    std::iter::once(right)
        .chain(wrong)
        .take(ANSWERS_MAX)
        .map(|number| {
            let (ko, en) = (format!("{number}{unit_ko}"), format!("{number} {unit_en}"));
            answer(&ko, &en, number == right)
        })
        .collect()
}

fn answer(ko: &str, en: &str, right: bool) -> Answer {
    Answer {
        ko: ko.to_owned(),
        en: en.to_owned(),
        right,
    }
}
