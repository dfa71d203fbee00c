import type { ReactNode } from 'react';
import { Route, Routes } from 'react-router';
import NotFoundPage from '../shell/not-found.page.tsx';
import { ConfirmPage } from './entry/confirm.page.tsx';
import { ForgotPage } from './entry/forgot.page.tsx';
import { ResetPage } from './entry/reset.page.tsx';
import { SignInPage } from './entry/sign-in.page.tsx';
import { SignUpPage } from './entry/sign-up.page.tsx';
import { AccountPage } from './own/account.page.tsx';
import { DeletePage } from './own/delete.page.tsx';

/** `/account` and the pages below it: one chunk, fetched when the first of them is opened. */
export default function AccountPages(): ReactNode {
  return (
    <Routes>
      <Route index element={<AccountPage />} />
      <Route path="sign-in" element={<SignInPage />} />
      <Route path="sign-up" element={<SignUpPage />} />
      <Route path="forgot" element={<ForgotPage />} />
      <Route path="confirm" element={<ConfirmPage />} />
      <Route path="reset" element={<ResetPage />} />
      <Route path="delete" element={<DeletePage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
