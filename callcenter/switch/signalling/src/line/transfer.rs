//! Transfers the other end asks for (RFC 3515, RFC 3891).

use privacy::Personal;
use rsipstack::{
    sip::{Header, Method, StatusCode, Uri},
    transaction::Transaction,
};

use super::{Line, Phase};
use crate::{
    Event, LegId,
    headers::{Fields, uri_in},
};

/// SIP's 481: nothing is put in the place of a call that is not there (RFC 3891 §3), and
/// it is not transferred to anybody else instead.
const NO_SUCH_DIALOG: u16 = 481;

struct NoSuchDialog;

impl Line {
    /// REFER: taken at once, its outcome is told by NOTIFY.
    pub(super) async fn refer(&mut self, transaction: Transaction) {
        let target = transaction
            .original
            .headers
            .first("Refer-To")
            .and_then(uri_in);
        let Some(target) = target else {
            return self.reply(transaction, StatusCode::BadRequest, Vec::new());
        };
        if self.transfer {
            // One at a time: the NOTIFYs of two could not be told apart.
            return self.reply(transaction, StatusCode::RequestPending, Vec::new());
        }
        self.reply(transaction, StatusCode::Accepted, Vec::new());
        self.transfer = true;
        self.notify(100, "active;expires=60");
        let replaces = match self.replaced(&target) {
            Ok(replaces) => replaces,
            Err(NoSuchDialog) => return self.transferred(NO_SUCH_DIALOG),
        };
        let user = target.auth.map(|it| sip::escape::decoded(&it.user));
        let event = Event::TransferAsked {
            leg: self.leg,
            to: Personal::new(user.unwrap_or_default()),
            replaces,
        };
        self.tell(event).await;
    }

    /// The leg named by `Replaces` in the Refer-To URI (RFC 3891 §6.1), if any is.
    fn replaced(&self, target: &Uri) -> Result<Option<LegId>, NoSuchDialog> {
        let mut headers = target.headers.iter();
        let named = headers.find(|(name, _)| name.eq_ignore_ascii_case("Replaces"));
        let Some((_, value)) = named else {
            return Ok(None);
        };
        let value = sip::escape::decoded(value);
        let mut parts = value.split(';');
        let call_id = parts.next().unwrap_or_default().trim();
        let parameters: Vec<(&str, &str)> = parts.filter_map(|it| it.split_once('=')).collect();
        let named = |name: &str| {
            let of = |it: &&(&str, &str)| it.0.trim().eq_ignore_ascii_case(name);
            let found = parameters.iter().find(of);
            found.map(|(_, tag)| tag.trim()).ok_or(NoSuchDialog)
        };
        // As who is asked to do it has them: we are `to`, whoever has called whom.
        let (to_tag, from_tag) = (named("to-tag")?, named("from-tag")?);
        let leg = self.lines.directory.replaced(call_id, to_tag, from_tag);
        leg.map(Some).ok_or(NoSuchDialog)
    }

    /// The last NOTIFY of a transfer.
    pub(super) fn transferred(&mut self, status: u16) {
        let asked = std::mem::take(&mut self.transfer);
        if asked && matches!(self.phase, Phase::Up) {
            self.notify(status, "terminated;reason=noresource");
        }
    }

    fn notify(&mut self, status: u16, state: &str) {
        let code = StatusCode::from(status);
        let body = format!("SIP/2.0 {} {}\r\n", code.code(), code.text());
        let headers = vec![
            Header::Event("refer".into()),
            Header::SubscriptionState(state.into()),
            Header::ContentType("message/sipfrag;version=2.0".into()),
        ];
        self.send(Method::Notify, headers, Some(body.into_bytes()));
    }
}
