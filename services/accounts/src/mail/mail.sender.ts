/** One mail, as plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Hands mails over to where they go. */
export interface MailSender {
  /** Rejects when the mail was not taken. */
  send(mail: Mail): Promise<void>;
  close(): void;
}
