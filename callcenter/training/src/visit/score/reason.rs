//! Why a rule of a visit gave its points or did not.

use crate::{
    score::reason::{both, one_of, timed},
    visit::{VisitMust, VisitObserved},
};

/// In Korean and in English.
pub(super) fn why(must: &VisitMust, kept: bool, observed: &VisitObserved) -> (String, String) {
    let Some(came_after) = observed.came_after else {
        return both("아무도 시민을 돕지 않았어요", "Nobody came to the citizen");
    };
    match must {
        VisitMust::ComeWithin(limit) => timed("돕기까지", "Came", came_after, *limit),
        VisitMust::GreetWithin(limit) => match observed.greeted_after {
            Some(after) => timed("첫마디까지", "First words", after, *limit),
            None => both("한마디도 하지 않았어요", "No word was said"),
        },
        VisitMust::ReplyWithin(limit) => timed(
            "가장 늦은 대답",
            "Slowest reply",
            observed.slowest_reply,
            *limit,
        ),
        VisitMust::HelpAtMost(limit) => timed("도운 시간", "Help", observed.help, *limit),
        VisitMust::AskFirst => one_of(
            kept,
            (
                "시민이 말한 값만 제안했어요",
                "Only what the citizen had told was proposed",
            ),
            (
                "시민이 말하지 않은 값을 제안했어요",
                "Something was proposed that the citizen had not told",
            ),
        ),
        VisitMust::ProposeRight => one_of(
            kept,
            ("틀린 값을 제안하지 않았어요", "No wrong value was proposed"),
            (
                "시민이 바라지 않은 값을 제안했어요",
                "A value was proposed that the citizen does not want",
            ),
        ),
        VisitMust::RespectRefusal => one_of(
            kept,
            (
                "거절한 것을 다시 제안하지 않았어요",
                "What was refused was not proposed again",
            ),
            (
                "시민이 거절한 것을 다시 제안했어요",
                "Something the citizen had refused was proposed again",
            ),
        ),
        VisitMust::FillIn => one_of(
            kept,
            (
                "양식이 시민이 바란 대로예요",
                "The form is as the citizen wanted it",
            ),
            (
                "양식이 시민이 바란 것과 달라요",
                "The form is not as the citizen wanted it",
            ),
        ),
        VisitMust::AnswerQuestions => {
            let (asked, answered) = (observed.questions_asked, observed.questions_answered);
            (
                format!("물은 것 {asked}가지 가운데 {answered}가지에 답했어요"),
                format!("{answered} of {asked} questions were answered"),
            )
        }
        VisitMust::NeverSay(words) => one_of(
            kept,
            (
                "쓰지 말아야 할 말을 쓰지 않았어요",
                "Nothing was said that must not be",
            ),
            (
                &format!("쓰지 말아야 할 말을 썼어요 ({})", words.join(", ")),
                &format!("Something was said that must not be ({})", words.join(", ")),
            ),
        ),
        VisitMust::Close => one_of(
            kept,
            ("다 된 뒤에 도움을 끝냈어요", "Ended when all was done"),
            (
                "다 된 뒤에 도움을 끝내지 않았어요",
                "Not ended when all was done",
            ),
        ),
        VisitMust::KeepCitizen => one_of(
            kept,
            (
                "시민이 바라던 것을 얻었어요",
                "The citizen got what they came for",
            ),
            (
                "시민이 바라던 것 없이 끝났어요",
                "It ended without what the citizen came for",
            ),
        ),
    }
}
