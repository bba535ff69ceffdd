//! The sheet that goes with the money.

use sheet::{Line, Sheet};

use super::{Maintenance, Moment, tongue::moment};

impl Maintenance {
    /// Of what was just closed, or of how it stands.
    pub(super) fn tally_sheet(&self, closed: bool, now: Moment) -> Sheet {
        let field = |label: String, value: String| Line::Field { label, value };
        let heading = if closed {
            self.say("현금 마감표", "Cash-up sheet")
        } else {
            self.say("현금 중간 점검표", "Interim cash sheet")
        };
        let mut lines = vec![
            Line::Heading(heading),
            Line::Note(self.place()),
            Line::Rule,
            field(self.say("기기", "Machine"), self.fitted.station.clone()),
            field(self.say("시작", "From"), self.counted_from(closed)),
            field(self.say("끝", "Until"), moment(now.wall)),
            field(self.say("기술자", "Technician"), self.technician()),
            Line::Rule,
        ];
        for line in self.tally_lines(closed) {
            match u32::try_from(line.won) {
                Ok(amount_won) if line.sum => lines.push(Line::Amount {
                    label: line.name,
                    amount_won,
                }),
                _ => lines.push(field(line.name, line.value)),
            }
        }
        let through = self.tally_shown(closed).through;
        lines.extend([
            field(
                self.say("통에 남은 거스름돈", "Left in the hoppers"),
                self.tongue.won(self.fittings.change_won().into()),
            ),
            Line::Rule,
            field(self.say("센 돈", "Counted"), "____________".to_owned()),
            field(self.say("서명", "Signature"), "____________".to_owned()),
            Line::Note(self.say(
                &format!("기록장 {through}번까지"),
                &format!("Journal up to entry {through}"),
            )),
        ]);
        Sheet::new(lines)
    }

    /// When the boxes were emptied before.
    fn counted_from(&self, closed: bool) -> String {
        let mut closings = self.book.cash_ups();
        let before = closings.nth(usize::from(closed));
        before.map_or_else(
            || self.say("처음", "The beginning"),
            |(entry, _)| moment(entry.at),
        )
    }
}
