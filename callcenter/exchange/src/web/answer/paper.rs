//! What is said of a picture or PDF of a paper.

use verify::{Finding, SealedPaper};

use super::{OfPaper, Said, Tone, number::of_void};
use crate::web::language::Language;

pub(super) fn said(what: OfPaper, paper: &SealedPaper, language: Language) -> Said {
    let say = |korean, english| language.say(korean, english);
    let compare = if paper.whole_file {
        say(
            "파일 전체가 발급 기관이 서명한 그대로예요.",
            "The whole file is as the office signed it.",
        )
    } else {
        say(
            "봉인은 진짜예요. 봉인 밖의 내용은 바뀌었을 수 있으니 아래와 종이를 견주어 보세요.",
            "Its seal is genuine. What is printed around it may have been changed: compare the paper with what stands below.",
        )
    };
    match what {
        OfPaper::Genuine => Said::new(Tone::Good, say("진본이에요", "It is genuine"), &[compare]),
        OfPaper::GenuineUntold => Said::new(
            Tone::Good,
            say("진본이에요", "It is genuine"),
            &[
                compare,
                say(
                    "통신이 끊긴 동안 무인발급기가 발급했어요. 무효가 되었는지는 아직 알 수 없어요.",
                    "A kiosk issued it while it was cut off; whether it was taken back since is not known yet.",
                ),
            ],
        ),
        OfPaper::Void { replaced } => Said::new(
            Tone::Bad,
            say("무효인 종이예요", "This paper is void"),
            &[of_void(replaced, language)],
        ),
        OfPaper::Unknown => Said::new(
            Tone::Caution,
            say(
                "봉인은 진짜인데 기록에 없는 번호예요",
                "The seal is genuine, the number is not on record",
            ),
            &[say(
                "쓰기 전에 발급 기관에 물어보세요.",
                "Ask the office that is named on it before you rely on it.",
            )],
        ),
        OfPaper::OtherNumber => Said::new(
            Tone::Bad,
            say("위조된 종이일 수 있어요", "The paper may be forged"),
            &[say(
                "봉인에 든 번호와 입력한 번호가 달라요. 다른 종이에서 봉인을 옮겨 붙였을 수 있어요.",
                "Its seal has another number than you typed. The seal may have been copied from another paper.",
            )],
        ),
    }
}

pub(super) fn without_seal(finding: &Finding, language: Language) -> Said {
    let say = |korean, english| language.say(korean, english);
    let neutral = |headline, line| Said::new(Tone::Neutral, headline, &[line]);
    match finding {
        Finding::Altered => Said::new(
            Tone::Bad,
            say("발급한 그대로가 아니에요", "It is not as it was issued"),
            &[say(
                "서명하거나 봉인한 뒤에 내용이 바뀌었어요. 쓰지 마세요.",
                "It was altered after it was signed or sealed. Do not rely on it.",
            )],
        ),
        Finding::Stranger => Said::new(
            Tone::Bad,
            say(
                "발급 기관이 만든 것이 아니에요",
                "No office of ours issued it",
            ),
            &[say(
                "모르는 열쇠로 서명하거나 봉인했어요. 쓰지 마세요.",
                "It was signed or sealed with a key nobody knows. Do not rely on it.",
            )],
        ),
        Finding::Signed | Finding::Sealed(_) => Said::new(
            Tone::Good,
            say(
                "발급 기관이 서명한 그대로예요",
                "It is as its office signed it",
            ),
            &[say(
                "봉인이 없는 문서라서 무효가 되었는지는 알 수 없어요.",
                "It carries no seal, so that whether it was taken back is not known.",
            )],
        ),
        Finding::Damaged => neutral(
            say("봉인을 다 읽을 수 없어요", "The seal cannot be read whole"),
            say(
                "네모난 봉인이 다 나오게 밝은 곳에서 다시 찍어 주세요.",
                "Take the picture again in good light, with all of the square seal in it.",
            ),
        ),
        Finding::Nothing => neutral(
            say("봉인을 찾지 못했어요", "No seal was found"),
            say(
                "네모난 봉인이 또렷하게 다 나오도록 종이를 펴고 가까이에서 찍어 주세요.",
                "Lay the paper flat and take a picture from close by, with all of the square seal sharp in it.",
            ),
        ),
        Finding::Unsigned => neutral(
            say("서명이 없는 PDF예요", "This PDF bears no signature"),
            say(
                "종이를 스캔한 PDF라면 사진(PNG, JPEG)으로 올려 주세요.",
                "If it is a scan of a paper, upload it as a picture (PNG or JPEG).",
            ),
        ),
        Finding::Several => neutral(
            say("봉인이 여러 개예요", "There are several seals"),
            say(
                "종이를 한 장씩 찍어 주세요.",
                "Take a picture of one paper at a time.",
            ),
        ),
        Finding::NotAPaper => neutral(
            say(
                "사진이나 PDF가 아니에요",
                "This is neither a picture nor a PDF",
            ),
            say(
                "PNG, JPEG, PDF 파일만 확인할 수 있어요.",
                "Only PNG, JPEG and PDF files can be examined.",
            ),
        ),
        Finding::TooManyPixels => neutral(
            say("사진이 너무 커요", "The picture has too many dots"),
            say(
                "5천만 화소까지 확인할 수 있어요. 작게 줄여서 다시 올려 주세요.",
                "It may have up to 50 megapixels. Make it smaller and try again.",
            ),
        ),
    }
}
