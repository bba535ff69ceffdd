//! What is agreed to, and what is looked over before it is sent.

use kiosk::visit::view::{Consent, ReviewLine, ReviewTarget};

use super::Words;

pub(super) fn consent(words: Words) -> Consent {
    Consent {
        agency: words.say(
            "행정안전부 주민과",
            "Ministry of the Interior and Safety, resident division",
        ),
        purpose: words.say("주민등록표 등본 발급", "To issue your resident register"),
        fields: vec![
            words.say(
                "세대주와 세대원의 이름",
                "Names of the householder and members",
            ),
            words.say("주민등록번호", "Resident numbers"),
            words.say("주소와 전입일", "Address and date of moving in"),
        ],
        retention: words.say(
            "동의 기록은 5년 동안 보관해요",
            "The record of your consent is kept for 5 years",
        ),
    }
}

pub(super) fn review(words: Words) -> Vec<ReviewLine> {
    let line = |label: String, value: String, leads_to| ReviewLine {
        label,
        value,
        leads_to,
    };
    vec![
        line(
            words.in_all([
                "신청인",
                "Applicant",
                "申请人",
                "Người yêu cầu",
                "申請者",
                "مقدّم الطلب",
            ]),
            "한빛나".to_owned(),
            None,
        ),
        line(
            words.say(
                "땅이 어느 동에 있나요?",
                "In which neighborhood is the land?",
            ),
            words.say(
                "한빛시 가온구 새나래동",
                "Saenarae-dong, Gaon-gu, Hanbit-si",
            ),
            Some(ReviewTarget::Form),
        ),
        line(
            words.say("주민등록번호 뒷자리", "Last digits of resident numbers"),
            words.say("가리기", "Hide"),
            Some(ReviewTarget::Options),
        ),
        line(
            words.say("과거 주소", "Earlier addresses"),
            words.say("빼기", "Leave out"),
            Some(ReviewTarget::Options),
        ),
        line(
            words.in_all(["부수", "Copies", "份数", "Số bản", "部数", "عدد النسخ"]),
            words.say("2부", "2"),
            Some(ReviewTarget::Options),
        ),
        line(
            words.in_all(["수수료", "Fee", "手续费", "Lệ phí", "手数料", "الرسم"]),
            words.won("400"),
            None,
        ),
    ]
}
