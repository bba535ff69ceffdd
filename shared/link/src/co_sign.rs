//! Has the exchange sign for a head of the journal, and believes nobody else.

use identity::Credentials;
use sync::{CoSignedHead, HeadAnswer, HeadQuestion, PublicKey};

use crate::{LinkFault, Wire};

impl Wire {
    /// Asks the exchange to sign that it holds everything up to a head.
    ///
    /// # Errors
    /// When it does not, its signature is not that of the exchange this station was
    /// enrolled at, or no answer comes.
    pub async fn co_sign(&self, question: &HeadQuestion) -> Result<HeadAnswer, LinkFault> {
        let station = &self.settings.station;
        let path = format!("/v1/stations/{station}/head");
        let answer = self.post(&path, question).await?;
        if let HeadAnswer::CoSigned(head) = &answer {
            self.believe(question, head)?;
        }
        Ok(answer)
    }

    fn believe(&self, question: &HeadQuestion, answer: &CoSignedHead) -> Result<(), LinkFault> {
        if answer.signed != question.signed {
            return Err(LinkFault::Nonsense);
        }
        let station = question.key().map_err(|_| LinkFault::Nonsense)?;
        // Read each time: a station that is enrolled anew is not started anew.
        let exchange =
            Credentials::read_co_signer(&self.settings.credentials).map_err(LinkFault::CoSigner)?;
        let exchange = PublicKey::from_pem(&exchange).map_err(|_| LinkFault::CoSignerUnreadable)?;
        answer
            .verify(&station, &exchange)
            .map_err(LinkFault::Forged)
    }
}
