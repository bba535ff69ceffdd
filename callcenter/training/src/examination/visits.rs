//! What is asked about helping at a kiosk. The answers are how the house is built, and
//! no part of the catalogue.

use super::{Answer, Question};

type Text = (&'static str, &'static str);

/// The question; its right answer stands first.
const QUESTIONS: [(Text, [Text; 3]); 8] = [
    (
        (
            "키오스크를 도울 때, 상담원이 제안한 값은 언제 양식에 들어가나요?",
            "When does a value that an agent proposes come into a kiosk's form?",
        ),
        [
            (
                "시민이 화면에서 확인했을 때",
                "When the citizen has confirmed it on the screen",
            ),
            ("제안하면 바로", "As soon as it is proposed"),
            (
                "상담원이 한 번 더 확인했을 때",
                "When the agent has confirmed it once more",
            ),
        ],
    ),
    (
        (
            "키오스크를 도울 때, 상담원이 볼 수 있는 것은 무엇인가요?",
            "What does an agent who helps at a kiosk see?",
        ),
        [
            (
                "신청 양식과 시민이 있는 화면의 이름",
                "The form, and at which screen the citizen is",
            ),
            ("시민의 주민등록번호", "The citizen's resident number"),
            ("시민이 넣은 카드와 돈", "The card and the money put in"),
        ],
    ),
    (
        (
            "시민이 제안을 거절했어요. 무엇을 하나요?",
            "The citizen has declined a proposal. What is to be done?",
        ),
        [
            ("무엇을 바라는지 물어요", "Ask what is wanted instead"),
            ("같은 값을 다시 제안해요", "Propose the same value again"),
            ("도움을 끝내요", "End the help"),
        ],
    ),
    (
        (
            "소리를 듣지 못하는 시민이 키오스크에서 도움을 청했어요. 어떻게 이야기하나요?",
            "A deaf citizen asks for help at a kiosk. How do you talk?",
        ),
        [
            ("짧은 글로만", "In short typed lines alone"),
            (
                "수화기를 들어 달라고 해요",
                "Ask for the handset to be taken up",
            ),
            ("보호자를 데려오라고 해요", "Ask for somebody to come along"),
        ],
    ),
    (
        (
            "시민이 도움을 받다가 자리를 떠났어요. 상담원 화면에 무엇이 남나요?",
            "The citizen walks away while being helped. What is left at the desk?",
        ),
        [
            ("아무것도 남지 않아요", "Nothing"),
            ("양식이 남아요", "The form"),
            ("나눈 말이 남아요", "What was said"),
        ],
    ),
    (
        (
            "시민이 다른 기관에 물어보는 데 동의하고 싶지 않대요. 무엇을 알리나요?",
            "A citizen does not want agencies to be asked about them. What do you say?",
        ),
        [
            (
                "동의하지 않아도 되고, 창구에서 신청할 수 있어요",
                "That they need not agree, and can ask at a counter",
            ),
            (
                "동의해야만 민원을 볼 수 있어요",
                "That nothing can be had without",
            ),
            ("대신 동의해 드릴게요", "That the agent can agree for them"),
        ],
    ),
    (
        (
            "시민이 어떤 칸은 직접 고르겠대요. 어떻게 돕나요?",
            "A citizen wants to choose something alone. How do you help?",
        ),
        [
            (
                "그 칸이 어디 있는지 가리켜요",
                "Point at where it is chosen",
            ),
            ("가장 흔한 값을 제안해요", "Propose what is usual"),
            ("도움을 끝내요", "End the help"),
        ],
    ),
    (
        (
            "시민이 주민등록번호를 글로 보내려고 해요. 어떻게 되나요?",
            "A citizen wants to send a resident number in a typed line. What happens?",
        ),
        [
            (
                "보내지지 않고, 상담원은 볼 수 없어요",
                "It is not sent, and no agent sees it",
            ),
            ("상담원만 볼 수 있어요", "The agent alone sees it"),
            ("앞자리만 보여요", "Its first digits are seen"),
        ],
    ),
];

pub(super) fn questions() -> Vec<Question> {
    let question = |((ko, en), answers): &(Text, [Text; 3])| Question {
        ko: (*ko).to_owned(),
        en: (*en).to_owned(),
        answers: answers
            .iter()
            .enumerate()
            .map(|(index, (ko, en))| Answer {
                ko: (*ko).to_owned(),
                en: (*en).to_owned(),
                right: index == 0,
            })
            .collect(),
    };
    QUESTIONS.iter().map(question).collect()
}
