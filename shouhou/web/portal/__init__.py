"""Portal (客户页): one link, no login. Where it stands, who comes, agree or decline, rate, appeal, report."""
