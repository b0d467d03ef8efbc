"""My work (我的任务): the visits of those who go out, the steps that wait for everyone else."""
