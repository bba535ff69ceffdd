//! What the machine's steward says of its image: the rows of the status page.

use request::Timestamp;
use serde::Deserialize;

use super::{
    Maintenance,
    tongue::moment,
    view::{Mark, Row},
};

/// The steward's words, as far as technicians are shown them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ImageShown {
    pub image: ImageState,
    /// Why the last release was not taken.
    #[serde(default)]
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ImageState {
    pub model: String,
    pub version: String,
    #[serde(default)]
    pub staged: Option<String>,
    #[serde(default)]
    pub rollbacks: Vec<Rollback>,
}

/// A version that failed here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rollback {
    pub failed: String,
    pub at: Timestamp,
    #[serde(default)]
    pub checks: Vec<Check>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Check {
    pub what: String,
    pub result: String,
    #[serde(default)]
    pub detail: String,
}

impl Maintenance {
    /// None where no steward looks after the machine.
    pub(super) fn image_rows(&self) -> Vec<Row> {
        let Some(shown) = &self.image else {
            return Vec::new();
        };
        let image = &shown.image;
        let mut rows = vec![
            Row::heading(self.say("시스템 이미지", "System image")),
            Row::fact(
                self.say("판", "Version"),
                format!("{} · {}", image.version, image.model),
            ),
        ];
        if let Some(staged) = &image.staged {
            rows.push(
                Row::fact(
                    self.say("다음 시작에 쓸 판", "At the next start"),
                    staged.clone(),
                )
                .marked(Mark::Waiting),
            );
        }
        if let Some(rollback) = image.rollbacks.last() {
            rows.push(self.rollback_row(rollback));
        }
        if !shown.message.is_empty() {
            rows.push(
                Row::fact(self.say("받지 않은 판", "Not taken"), shown.message.clone())
                    .marked(Mark::Warning),
            );
        }
        rows
    }

    fn rollback_row(&self, rollback: &Rollback) -> Row {
        let failed = rollback.checks.iter().filter(|it| it.result == "failed");
        let why: Vec<String> = failed
            .map(|it| format!("{}: {}", it.what, it.detail))
            .collect();
        let at = moment(rollback.at);
        let note = if why.is_empty() {
            self.say(
                &format!(
                    "{at}. 시작 확인까지 가지 못했어요. 이 판은 이 기기에 다시 설치되지 않아요."
                ),
                &format!(
                    "{at}. It did not come as far as its checks. It is not installed here again."
                ),
            )
        } else {
            let why = why.join("; ");
            self.say(
                &format!("{at}. {why}. 이 판은 이 기기에 다시 설치되지 않아요."),
                &format!("{at}. {why}. It is not installed here again."),
            )
        };
        let name = self.say("되돌린 판", "Rolled back");
        Row::fact(name, rollback.failed.clone())
            .marked(Mark::Warning)
            .noted(note)
    }
}
