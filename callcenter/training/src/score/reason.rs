//! Why a rule gave its points or did not.

use std::time::Duration;

use crate::{Certainty, Must, Observed};

/// In Korean and in English.
pub(super) fn why(must: &Must, kept: bool, observed: &Observed) -> (String, String) {
    let Some(answered_after) = observed.answered_after else {
        return both("전화를 받지 않았어요", "Nobody answered the call");
    };
    match must {
        Must::AnswerWithin(limit) => timed("전화를 받기까지", "Answered", answered_after, *limit),
        Must::HoldAtMost(limit) => timed(
            "가장 긴 보류",
            "Longest hold",
            observed.longest_hold,
            *limit,
        ),
        Must::TalkAtMost(limit) => timed("통화", "Talk", observed.talk, *limit),
        Must::WrapUpWithin(limit) => match observed.wrap_up {
            Some(time) => timed("후처리", "Wrap-up", time, *limit),
            None => both("후처리를 끝내지 않았어요", "The wrap-up was not ended"),
        },
        Must::Identify(least) => certain(*least, kept),
        Must::Prepare => prepared(kept, observed.prepared.len()),
        Must::PrepareNothing => one_of(
            kept,
            (
                "접수할 것이 없었고 접수하지 않았어요",
                "There was nothing to prepare, and nothing was",
            ),
            (
                "접수할 것이 없는데 접수했어요",
                "A request was prepared, and none was wanted",
            ),
        ),
        Must::Transfer => one_of(
            kept,
            (
                "맡은 부서로 연결했어요",
                "Given over to the office in charge",
            ),
            (
                "맡은 부서로 연결하지 않았어요",
                "Not given over to the office in charge",
            ),
        ),
        Must::NotTransfer => one_of(
            kept,
            (
                "연결하지 않고 끝까지 도왔어요",
                "Helped to the end without giving the caller over",
            ),
            (
                "스스로 도울 수 있는데 연결했어요",
                "Gave over a caller who could be helped",
            ),
        ),
        Must::NotDisclose => one_of(
            kept,
            (
                "들을 수 없는 사람에게 알려 주지 않았어요",
                "Nothing was said to who may not hear it",
            ),
            (
                "확인되지 않은 사람에게 알려 주었어요",
                "Something was said to who may not hear it",
            ),
        ),
        Must::KeepCaller => one_of(
            kept,
            (
                "전화한 사람이 바라던 것을 얻었어요",
                "The caller got what they called for",
            ),
            (
                "전화가 바라던 것 없이 끝났어요",
                "The call ended without what it was for",
            ),
        ),
    }
}

pub(crate) fn timed(what_ko: &str, what_en: &str, took: Duration, limit: u64) -> (String, String) {
    let seconds = took.as_secs_f64().ceil();
    (
        format!("{what_ko} {seconds}초, {limit}초까지"),
        format!("{what_en}: {seconds} s, up to {limit} s"),
    )
}

fn certain(least: Certainty, kept: bool) -> (String, String) {
    match least {
        Certainty::Stated => one_of(
            kept,
            ("이름과 번호를 물었어요", "Name and number were asked for"),
            (
                "이름과 번호를 먼저 묻지 않았어요",
                "Name and number were not asked for first",
            ),
        ),
        Certainty::Checked => one_of(
            kept,
            ("지난 신청으로 확인했어요", "Checked by an earlier request"),
            (
                "지난 신청으로 확인하지 않았어요",
                "Not checked by an earlier request",
            ),
        ),
    }
}

fn prepared(kept: bool, requests: usize) -> (String, String) {
    match (kept, requests) {
        (true, _) => both("바라던 대로 접수했어요", "Prepared as it was wanted"),
        (false, 0) => both("접수하지 않았어요", "Nothing was prepared"),
        (false, 1) => both("다른 내용으로 접수했어요", "Prepared with other values"),
        (false, _) => both("여러 번 접수했어요", "Prepared more than once"),
    }
}

pub(crate) fn one_of(kept: bool, yes: (&str, &str), no: (&str, &str)) -> (String, String) {
    let (ko, en) = if kept { yes } else { no };
    both(ko, en)
}

pub(crate) fn both(ko: &str, en: &str) -> (String, String) {
    (ko.to_owned(), en.to_owned())
}
