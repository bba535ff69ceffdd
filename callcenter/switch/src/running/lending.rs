//! Telephones lent to kiosks: a kiosk whose certificate is one of this center's may
//! register and call under its own name, as long as its line to the desks' door is up.

use std::{collections::BTreeMap, net::IpAddr};

use cti::{LoanRefusal, TelephoneAccount};
use request::StationId;
use signalling::Signalling;
use sip::digest::AccountKey;
use tokio::sync::mpsc;

use super::{Switch, attending::secret};
use crate::{attendance::DeskLine, desks::ToDesk};

/// Which kiosk has borrowed a telephone, and over which line.
#[derive(Debug, Default)]
pub(super) struct Loans(BTreeMap<StationId, DeskLine>);

impl Loans {
    /// The kiosk whose telephone this account is.
    pub(super) fn kiosk(&self, account: Option<&str>) -> Option<StationId> {
        let station = StationId::new(account?);
        self.0.contains_key(&station).then_some(station)
    }

    fn taken_back(&mut self, line: DeskLine) -> Option<StationId> {
        // A kiosk that came back over another line keeps what it was lent there.
        let mut loans = self.0.iter();
        let found = loans.find(|(_, it)| **it == line)?.0.clone();
        self.0.remove(&found);
        Some(found)
    }
}

impl Switch {
    pub(super) fn lend(
        &mut self,
        line: DeskLine,
        kiosk: &StationId,
        reached_at: IpAddr,
        tell: &mpsc::Sender<ToDesk>,
    ) {
        let lent = self.lent(line, kiosk, reached_at);
        if let Err(why) = &lent {
            tracing::error!(%kiosk, %why, "A kiosk is lent no telephone");
        }
        // A line that is gone has no use for it.
        let _ = tell.try_send(ToDesk::Lent(lent));
    }

    fn lent(
        &mut self,
        line: DeskLine,
        kiosk: &StationId,
        reached_at: IpAddr,
    ) -> Result<TelephoneAccount, LoanRefusal> {
        let account = kiosk.as_str();
        if self.accounts.contains(account) || self.board.center().agent_of(account).is_some() {
            return Err(LoanRefusal::NameTaken);
        }
        let port = self.lines.udp_address().ok_or(LoanRefusal::NoLine)?.port();
        let password = secret().ok_or(LoanRefusal::NoLine)?;
        let key = AccountKey::from_password(account, &self.realm, password.reveal());
        self.lines.admit_account(account, key);
        self.loans.0.insert(kiosk.clone(), line);
        tracing::info!(%kiosk, "A kiosk has a telephone");
        let host = match reached_at {
            IpAddr::V4(host) => host.to_string(),
            IpAddr::V6(host) => format!("[{host}]"),
        };
        Ok(TelephoneAccount {
            uri: format!("sip:{account}@{host}:{port}"),
            account: account.to_owned(),
            password,
        })
    }

    /// The line is down. A call that is up stays up.
    pub(super) fn take_back(&mut self, line: DeskLine) {
        if let Some(kiosk) = self.loans.taken_back(line) {
            tracing::warn!(%kiosk, "A kiosk's line is gone, and its telephone with it");
            self.lines.dismiss_account(kiosk.as_str());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosk_that_came_back_keeps_its_telephone_when_the_old_line_is_found_to_be_down() {
        let kiosk = StationId::new("kiosk-1");
        let mut loans = Loans::default();
        loans.0.insert(kiosk.clone(), DeskLine(1));
        loans.0.insert(kiosk.clone(), DeskLine(2));

        assert_eq!(loans.taken_back(DeskLine(1)), None);
        assert_eq!(loans.kiosk(Some("kiosk-1")), Some(kiosk.clone()));
        assert_eq!(loans.taken_back(DeskLine(2)), Some(kiosk));
        assert_eq!(loans.kiosk(Some("kiosk-1")), None);
    }
}
