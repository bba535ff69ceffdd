//! What test prints show: that nothing is missing, shifted or faint.

use serde_json::json;
use sheet::{Line, Sheet};

use super::{Maintenance, Moment, PageOrder, tongue::moment};

const TEMPLATE: &str = include_str!("test_page.typ");
/// All columns of dots of an 80 mm roll carry something in these.
const DARK: &str = "████████████████████";

impl Maintenance {
    pub(super) fn test_receipt(&self, now: Moment) -> Sheet {
        let field = |label: String, value: String| Line::Field { label, value };
        let station = &self.fitted.station;
        Sheet::new([
            Line::Heading(self.say("시험 인쇄", "Test print")),
            Line::Note(self.place()),
            Line::Rule,
            field(self.say("기기", "Machine"), station.clone()),
            field(self.say("시각", "Time"), moment(now.wall)),
            field(self.say("기술자", "Technician"), self.technician()),
            field(
                self.say("프로그램", "Program"),
                env!("CARGO_PKG_VERSION").to_owned(),
            ),
            Line::Rule,
            Line::Text("가나다라마바사아자차카타파하".to_owned()),
            Line::Text("ABCDEFGHIJKLM 0123456789".to_owned()),
            Line::Text(DARK.to_owned()),
            Line::Amount {
                label: self.say("합계", "Total"),
                amount_won: 1_234_500,
            },
            Line::Code("TEST-2345-6789".to_owned()),
            Line::Qr {
                text: format!("minwon-test:{station}"),
                caption: self.say("스캐너 시험에 쓰세요", "For the test of the scanner"),
            },
            Line::Rule,
            Line::Note(self.say("증명서가 아니에요", "No certificate")),
        ])
    }

    pub(super) fn test_page(&self, now: Moment) -> PageOrder {
        let fact = |name: String, value: String| json!({ "name": name, "value": value });
        let data = json!({
            "lang": self.tongue.language().code(),
            "title": self.say("시험 인쇄", "Test print"),
            "lead": self.say("증명서가 아닙니다. 테두리 네 변이 모두 보이고 끊긴 곳이 없어야 합니다.",
                "No certificate. All four edges must be seen, and nothing be broken."),
            "facts": [
                fact(self.say("기기", "Machine"), self.fitted.station.clone()),
                fact(self.say("놓인 곳", "Place"), self.place()),
                fact(self.say("시각", "Time"), moment(now.wall)),
                fact(self.say("기술자", "Technician"), self.technician()),
                fact(self.say("프로그램", "Program"), env!("CARGO_PKG_VERSION").to_owned()),
            ],
            "greys": self.say("회색 10단계: 서로 달라 보여야 합니다", "Ten greys, each to be told from the next"),
            "lines": self.say("선: 가장 가는 것도 끊기지 않아야 합니다", "Lines: even the thinnest unbroken"),
            "ruler": self.say("자: 100 mm를 재어 보세요", "Ruler: measure 100 mm"),
            "letters": self.say("글자와 색", "Letters and colours"),
            "foot": self.say("민원(Minwon) 키오스크 정비 모드에서 인쇄", "Printed by a Minwon kiosk in maintenance"),
        });
        PageOrder {
            template: TEMPLATE,
            data,
            title: "minwon-test-page",
            printed_on: now.wall,
        }
    }
}
