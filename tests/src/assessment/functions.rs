//! The functions that are asked for, and what was shown of each.

use super::{Results, Walk};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Met,
    /// What the program does is shown; the part that can be touched was not at hand.
    InSoftware,
    NotMet,
    Missing,
}

impl Verdict {
    pub(super) fn in_korean(self) -> &'static str {
        match self {
            Verdict::Met => "적합",
            Verdict::InSoftware => "소프트웨어 적합",
            Verdict::NotMet => "부적합",
            Verdict::Missing => "없음",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Function {
    pub name: &'static str,
    /// What was looked at, in numbers.
    pub shown: String,
    /// What was not.
    pub missing: &'static str,
    pub verdict: Verdict,
}

/// The seven that are mandatory, the payment that is, and what is asked of the screen.
pub fn functions(results: &Results) -> Vec<Function> {
    let keypad = counted(&results.keypad);
    let switches = counted(&results.switches);
    let touch = counted(&results.touch);
    let low: Vec<Walk> = only(&results.touch, |it| it.low);
    let larger: Vec<Walk> = only(&results.touch, |it| it.percent > 100);
    let largest = results.touch.iter().map(|it| it.percent).max();
    let stands_out = results.contrasts.iter().all(|it| it.least >= it.promised);
    let enhanced = results.contrasts.iter().any(|it| it.promised >= 15.0);
    vec![
        Function {
            name: "장애인용 키패드",
            shown: format!(
                "키 하나로 이동해 모든 항목에 닿음: {}. 스위치 두 개로 모두 선택함: {}.",
                keypad.words("항목"),
                switches.words("동작")
            ),
            missing: "실물 키패드로는 확인하지 않음",
            verdict: keypad.and(&switches).verdict(Verdict::InSoftware),
        },
        Function {
            name: "음성 안내",
            shown: format!("모든 글과 조작부를 말함: {}.", keypad.words("항목")),
            missing: "실제 이어폰으로 들어 보지 않음",
            verdict: keypad.verdict(Verdict::InSoftware),
        },
        Function {
            name: "화면 글 안내 (청각장애)",
            shown: format!("안내가 화면의 글로 나옴: {}.", touch.words("조작부")),
            missing: "소리로만 알리는 것이 없는지는 시험하지 않음. 수어 영상 없음",
            verdict: touch.verdict(Verdict::InSoftware),
        },
        Function {
            name: "점자 표시",
            shown: "기기에 붙이는 것으로, 소프트웨어가 아님.".to_owned(),
            missing: "기기 제작 때 붙여야 함",
            verdict: Verdict::Missing,
        },
        Function {
            name: "이어폰 단자",
            shown: "꽂으면 음성 안내가 시작되고 빼면 끝남.".to_owned(),
            missing: "실물 단자로는 확인하지 않음",
            verdict: keypad.verdict(Verdict::InSoftware),
        },
        Function {
            name: "화면 확대",
            shown: format!(
                "글자를 {}%까지 키워도 잘리거나 겹치거나 가로로 넘기지 않음: {}.",
                largest.unwrap_or(100),
                counted(&larger).words("조작부")
            ),
            missing: "",
            verdict: if largest >= Some(200) {
                counted(&larger).verdict(Verdict::Met)
            } else {
                Verdict::NotMet
            },
        },
        Function {
            name: "휠체어 조작 (1,220 mm 이하)",
            shown: format!(
                "낮은 화면에서는 모든 조작부가 화면 아래쪽에 있음: {}. 화면이 너무 높이 걸리면 기기가 시작하지 않음.",
                counted(&low).words("조작부")
            ),
            missing: "설치된 기기에서 재지 않음",
            verdict: counted(&low).verdict(Verdict::InSoftware),
        },
        Function {
            name: "카드 결제",
            shown: "카드 단말기(ZVT)로 내고, 인쇄하지 못한 몫은 카드로 돌려줌.".to_owned(),
            missing: "실물 단말기와 국내 VAN으로는 확인하지 않음",
            verdict: Verdict::InSoftware,
        },
        Function {
            name: "명도 대비 4.5:1 이상",
            shown: "네 가지 화면 색에서 계산하고 그려진 글자로 재었음.".to_owned(),
            missing: "",
            verdict: if stands_out && enhanced {
                Verdict::Met
            } else {
                Verdict::NotMet
            },
        },
        Function {
            name: "설정 되돌리기",
            shown: format!(
                "{}가지 설정 뒤 다음 이용자는 처음 화면을 만남.",
                results.gone
            ),
            missing: "",
            verdict: if results.gone > 0 {
                Verdict::Met
            } else {
                Verdict::NotMet
            },
        },
    ]
}

/// How much was gone through, and how much was wrong.
#[derive(Clone, Copy)]
struct Counted {
    screens: usize,
    controls: usize,
    complaints: usize,
}

impl Counted {
    fn words(&self, what: &str) -> String {
        let Self {
            screens,
            controls,
            complaints,
        } = self;
        format!("화면 {screens}장, {what} {controls}개, 지적 {complaints}건")
    }

    fn and(self, other: &Self) -> Self {
        Self {
            // Nothing gone through in one way is nothing shown.
            screens: self.screens.min(other.screens),
            controls: self.controls.min(other.controls),
            complaints: self.complaints + other.complaints,
        }
    }

    fn verdict(&self, at_best: Verdict) -> Verdict {
        if self.screens > 0 && self.controls > 0 && self.complaints == 0 {
            at_best
        } else {
            Verdict::NotMet
        }
    }
}

fn counted(walks: &[Walk]) -> Counted {
    let sum = |of: fn(&Walk) -> usize| walks.iter().map(of).sum();
    Counted {
        screens: sum(|it| it.screens),
        controls: sum(|it| it.controls),
        complaints: sum(|it| it.complaints.len()),
    }
}

fn only(walks: &[Walk], wanted: impl Fn(&Walk) -> bool) -> Vec<Walk> {
    walks.iter().filter(|it| wanted(it)).cloned().collect()
}
