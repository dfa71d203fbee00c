/** One mail, as plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Delivers mails. */
export interface MailSender {
  /** Rejects when the mail was not accepted. */
  send(mail: Mail): Promise<void>;
  close(): void;
}
